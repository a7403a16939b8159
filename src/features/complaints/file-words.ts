import type { CaseFile, FileState } from './file-list.ts';
import type { FileKind, FileLane } from './file-put.ts';

/** Whose documents they are, as the office reads it. */
export const LANE_WORDS: Record<FileLane, string> = {
	complainant: 'The person who raised it',
	respondent: 'The therapist',
	office: 'Only for the people of the case',
};

export const KIND_WORDS: Record<FileKind, string> = {
	evidence: 'Evidence',
	statement: 'Statement',
	letter: 'Letter',
	redacted: 'Redacted copy',
	bundle: 'Bundle',
	report: 'Report',
};

/** Why a document does not open, after its name; null when it does. */
export const STATE_WORDS: Record<FileState, string | null> = {
	ready: null,
	being_checked: 'is being checked for anything harmful. It is kept, and opens as soon as that is done.',
	quarantined: 'was found to be harmful after it was stored. Nobody can open it.',
	lost: 'was not in the backup from which the register was put back. It cannot be opened.',
};

/** `340 KB`, `2.1 MB`. */
export function sayBytes(bytes: number): string {
	return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What kind of file it is, for somebody who chooses whether to open it on a telephone. */
export function sayType({ type }: Pick<CaseFile, 'type'>): string {
	return type === 'application/pdf' ? 'PDF' : 'picture';
}
