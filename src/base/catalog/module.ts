import { defineErrors } from './define.js';

export const module = defineErrors('module', {});
