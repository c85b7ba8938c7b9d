import { defineErrors } from './define.js';

export const role = defineErrors("role", {
});
