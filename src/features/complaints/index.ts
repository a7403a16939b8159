export { putConcern } from './begin.ts';
