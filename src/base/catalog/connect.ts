import { defineErrors } from './define.js';

export const connect = defineErrors("connect", {
});
