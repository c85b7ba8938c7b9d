import { defineErrors } from './define.js';

export const inventory = defineErrors("inventory", {
});
