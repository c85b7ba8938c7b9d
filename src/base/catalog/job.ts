import { defineErrors } from './define.js';

export const job = defineErrors("job", {
});
