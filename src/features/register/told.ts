import { ORDER_EFFECTS } from './orders.ts';
import type { RegisterEntry } from './queries.ts';
import type { RegisterStatus, ShownOrder, Standing } from './status.ts';

/** A standing as the public is told of it. `limited_then`: a past day on which a limit bound that is no longer published. */
export type ToldStanding = Standing | 'limited_then';

/** An entry as the public may read it on the day of asking, about that day or an earlier one. */
export type ToldEntry = Omit<RegisterEntry, 'status' | 'name'> & {
	/** Null where no more is owed than that the number is not on the register. */
	name: string | null;
	status: Omit<RegisterStatus, 'standing'> & { standing: ToldStanding };
	isPast: boolean;
};

const LIMITED: ReadonlySet<Standing> = new Set(['conditions', 'interim_conditions', 'interim_suspended', 'suspended']);

/**
 * What may be told today about an entry on `then`. Asking for a past day must not bring back what is published no longer
 * (domain §3.4: an interim order while it lasts, a sanction met for six months more, a removal for five years): such an
 * order is left out, and the standing that followed from it is told without its kind.
 * @param then the entry on the day asked about @param now the same entry today
 */
export function tellEntry(then: RegisterEntry, now: RegisterEntry): ToldEntry {
	if (then.asAtOn === now.asAtOn) return told(then, then.status, then.status.standing);
	const published = new Set(now.status.notices.map((notice) => notice.id));
	const notices = then.status.notices.filter((notice) => published.has(notice.id));
	const standing = standingToldOf(then.status, now.status, notices);
	const hasGone = standing !== then.status.standing && !then.status.isOnRegister;
	return { ...told(then, { ...then.status, notices, isShown: then.status.isShown && !hasGone }, standing), isPast: true };
}

function standingToldOf(then: RegisterStatus, now: RegisterStatus, notices: readonly ShownOrder[]): ToldStanding {
	const isStillTold = notices.some((notice) => notice.isInForce && ORDER_EFFECTS[notice.kind].standing === then.standing);
	if (LIMITED.has(then.standing)) return isStillTold ? then.standing : 'limited_then';
	if (then.standing === 'removed') return isStillTold ? 'removed' : 'left';
	if (then.standing === 'lapsed') return now.standing === 'lapsed' && now.sinceOn === then.sinceOn ? 'lapsed' : 'left';
	return then.standing;
}

function told(entry: RegisterEntry, status: RegisterStatus, standing: ToldStanding): ToldEntry {
	const sinceOn = standing === 'limited_then' ? null : status.sinceOn;
	return {
		...entry,
		name: status.isShown ? entry.name : null,
		formerNames: status.isShown ? entry.formerNames : [],
		status: { ...status, standing, sinceOn },
		isPast: false,
	};
}
