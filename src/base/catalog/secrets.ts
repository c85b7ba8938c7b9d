import { defineErrors } from './define.js';

export const secrets = defineErrors("secrets", {
});
