import type { AuditState } from './audit-state.ts';

/** Where one's own audit stands, told to the member. */
export function tellAudit({ phase, isFinal, hasMissedTask }: AuditState): string {
	if (phase === 'not_satisfied' && isFinal) return 'The committee has decided that this audit is not satisfied.';
	if (phase === 'action_plan' && hasMissedTask) return 'One of the things you had to do was not done. Your auditor says what follows.';
	return AUDIT_TELLS[phase];
}

const AUDIT_TELLS: Record<AuditState['phase'], string> = {
	selected: '',
	notified: 'We are waiting for your answer. You have not begun it yet.',
	responding: 'You have begun your answer. Only you can see it until you send it.',
	in_review: 'We have your answer, and an auditor is looking at it. You need do nothing now.',
	information: 'Your auditor has a question for you.',
	action_plan: 'There is something for you to do.',
	satisfied: 'Your audit is done. Everything is in order.',
	not_satisfied: 'Two auditors found that something is missing. You can say something to it before anything follows.',
	referred: 'Your audit goes to the committee. Nothing changes until it has decided.',
	excused: 'You are excused from this audit. You need do nothing.',
};
