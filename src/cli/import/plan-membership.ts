import { changeMembership, recordCoreProfession, recordLeave, startMembership } from '#features/membership/index.ts';
import type { OnFile } from './on-file.ts';
import { type Change, differs } from './plan.ts';
import { planFormerNames } from './plan-person.ts';
import type { Wanted } from './wanted.ts';

/** What differs in former names, core profession, membership periods (told apart by their first day) and leave. */
export function planMembership(wanted: Wanted, known: OnFile | null): Change[] {
	return [...planFormerNames(wanted, known), ...planCore(wanted, known), ...planPeriods(wanted, known), ...planLeaves(wanted, known)];
}

function planCore(wanted: Wanted, known: OnFile | null): Change[] {
	if (!wanted.core) return [];
	const old = known?.cores.find((c) => c.body === wanted.core?.body);
	const earliest = [wanted.core.checkedOn, wanted.registeredOn, ...wanted.awards.map((a) => a.awardedOn), ...wanted.memberships.map((m) => m.fromOn)]
		.filter((d) => d !== null)
		.sort()[0];
	const core = { ...wanted.core, fromOn: wanted.core.fromOn ?? old?.fromOn ?? earliest ?? '2000-01-01' };
	const isSame = old && !differs([old.reference, old.standing, old.checkedOn, old.fromOn], [core.reference, core.standing, core.checkedOn, core.fromOn]);
	return isSame ? [] : [{ what: 'core profession', write: (tx, id) => recordCoreProfession(tx, id, core) }];
}

function planPeriods(wanted: Wanted, known: OnFile | null): Change[] {
	return wanted.memberships.flatMap((period): Change[] => {
		const old = known?.memberships.find((m) => m.fromOn === period.fromOn);
		if (!old) return [{ what: `membership from ${period.fromOn}`, write: (tx, id) => void startMembership(tx, id, period) }];
		const facts = (m: typeof period) => [m.category, m.paidToOn, m.endedOn, m.endReason, m.employer];
		return differs(facts(old), facts(period)) ? [{ what: `membership from ${period.fromOn}`, write: (tx, id) => changeMembership(tx, id, period) }] : [];
	});
}

function planLeaves(wanted: Wanted, known: OnFile | null): Change[] {
	return wanted.leaves.flatMap((leave) => {
		const old = known?.leaves.find((l) => l.fromOn === leave.fromOn);
		return old?.toOn === leave.toOn ? [] : [{ what: 'leave', write: (tx, id) => recordLeave(tx, id, leave) }];
	});
}
