import { defineErrors } from './define.js';

export const template = defineErrors("template", {
});
