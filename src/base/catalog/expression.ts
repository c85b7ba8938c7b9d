import { defineErrors } from './define.js';

export const expression = defineErrors("expression", {
});
