import { defineErrors } from './define.js';

export const task = defineErrors('task', {});
