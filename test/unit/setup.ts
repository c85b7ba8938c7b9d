import { configureGlobal } from 'fast-check';

// CI proves what was committed, with the same examples each time; at a desk every run looks for new ones.
if (process.env['CI'] === 'true') configureGlobal({ seed: 20261124 });
