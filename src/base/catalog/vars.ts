import { defineErrors } from './define.js';

export const vars = defineErrors("vars", {
});
