import type { Actor } from '#core/ctx.ts';
import { hasRole } from '#core/policy.ts';
import type { PersonFile } from './people-file.ts';
import { canKeepAccount, canKeepFile } from './people-policy.ts';

type Act = { act: string; label: string };

/** What the actor may do from someone's file; each has a page of its own under it. */
export function actsOn(actor: Actor, file: PersonFile): Act[] {
	const keeps = canKeepFile(actor, file.personId);
	const acts: (Act | false)[] = [
		keeps && { act: 'note', label: 'Write a note' },
		keeps && { act: 'letter', label: file.diedOn === null ? 'Write a letter' : 'Write to the family' },
		keeps && { act: 'contact', label: 'Correct how to reach them' },
		keeps && { act: 'check', label: 'Record a check' },
		keeps && { act: 'change', label: 'New name or birth date' },
		canKeepAccount(actor, file.personId) && file.diedOn === null && accountAct(actor, file),
		keeps && { act: 'death', label: file.diedOn === null ? 'Record a death' : 'The recorded death' },
		keeps && { act: 'merge', label: 'Bring a second file in' },
	];
	return acts.filter((act) => act !== false);
}

function accountAct(actor: Actor, { account }: PersonFile): Act {
	if (!account) return { act: 'account', label: 'Invite to their account' };
	return { act: 'account', label: hasRole(actor, 'administrator') ? 'Account: address, close, open again' : 'Change the address of the account' };
}

/** What has just been done, as the file says it. */
export const FILE_DONE: Record<string, string> = {
	contact: 'Corrected.',
	check: 'The check is recorded.',
	asked: 'The request is noted. Another officer decides it.',
	invited: 'The invitation is on its way.',
	address: 'The change of address waits for a colleague, who confirms it. Then the old address is told, and can say no for a day.',
	closed: 'The account is closed, and its owner is told.',
	opened: 'The account is open again, and its owner is told.',
	noted: 'The note is kept.',
	retracted: 'The note is retracted.',
	letter: 'The letter is kept with this file.',
	death: 'The death is recorded. Another officer is asked to look at it.',
	confirmed: 'The death is confirmed.',
	taken_back: 'The record of a death is taken back. Messages that were stopped go out.',
	merged: 'The second file is now part of this one.',
	unmerge_asked: 'A colleague is asked to take the files apart.',
	unmerged: 'The files are taken apart. Look through both: what was written since stays here.',
	unmerge_dropped: 'The files stay together.',
};
