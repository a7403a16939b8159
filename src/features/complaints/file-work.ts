/** Documents of a concern, for pages and jobs. */
export { addCaseDocument, addDocumentForm, type CaseDocuments, caseDocuments, openCaseDocument } from './file-case.ts';
export { forgetGoneFiles } from './file-drop.ts';
export { type CaseFile, filesIn } from './file-list.ts';
export { documentHarmful } from './file-mails.ts';
export {
	documentsForm,
	giveDocument,
	mayRemove,
	type OwnDocuments,
	openOwnDocument,
	ownDocument,
	ownDocuments,
	removeOwnDocument,
} from './file-own.ts';
export { MOST_FILES } from './file-put.ts';
export { scanDocumentsAgain, scanWaitingDocuments } from './file-scan.ts';
export { KIND_WORDS } from './file-words.ts';
