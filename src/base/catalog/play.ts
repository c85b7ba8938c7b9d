import { defineErrors } from './define.js';

export const play = defineErrors("play", {
});
