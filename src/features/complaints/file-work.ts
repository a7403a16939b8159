/** Documents of a concern, for pages and jobs. */
export { type CaseFile, filesIn } from './file-list.ts';
export { scanDocumentsAgain, scanWaitingDocuments } from './file-scan.ts';
