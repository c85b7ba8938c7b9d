import { defineErrors } from './define.js';

export const cli = defineErrors('cli', {});
