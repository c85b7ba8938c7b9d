import { defineErrors } from './define.js';

export const journal = defineErrors("journal", {
});
