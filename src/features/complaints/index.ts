export * as afterwards from './after-work.ts';
export { putConcern } from './begin.ts';
export * as casework from './case-work.ts';
export * as caseFiles from './file-work.ts';
export * as letters from './letter-area.ts';
export * as ownArea from './own-area.ts';
export * as packs from './pack-area.ts';
export * as wayIn from './way-in.ts';
