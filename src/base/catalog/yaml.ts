import { defineErrors } from './define.js';

export const yaml = defineErrors("yaml", {
});
