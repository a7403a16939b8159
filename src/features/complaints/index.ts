export { putConcern } from './begin.ts';
export * as casework from './case-work.ts';
export * as wayIn from './way-in.ts';
