import { defineErrors } from './define.js';

export const host = defineErrors("host", {
});
