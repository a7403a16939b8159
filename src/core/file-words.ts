import type { FilePurpose, StoredFile } from './files.ts';

const PURPOSES: Partial<Record<FilePurpose, string>> = {
	cpd_evidence: 'Evidence of CPD',
	supervision_evidence: 'Evidence of supervision',
	photo: 'Photo of a listing',
	change_evidence: 'Evidence of a new name or birth date',
	application_evidence: 'Evidence with an application',
	concession_evidence: 'Evidence for a reduced fee',
};

/** What a file was given for, in words. */
export function sayPurpose(purpose: FilePurpose): string {
	return PURPOSES[purpose] ?? 'Something else';
}

/** Why a file does not open just now, beside its name; null when it does. */
export const FILE_STATE_WORDS: Record<StoredFile['state'], string | null> = {
	ready: null,
	being_checked: 'is being checked for anything harmful. It is kept, and opens as soon as that is done.',
	quarantined: 'was found to be harmful after it was stored. Nobody can open it.',
};
