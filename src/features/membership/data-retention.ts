import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import type { RetentionClass } from '#db/personal-data.ts';

/** How long one class of data is kept. `from`: what the months are counted from. */
export type KeptRule = { label: string; from: 'record' | 'membership_end' | 'never'; months: number | null; because: string };

/** The rules of keeping that are in force on a day, and their version. */
export function retentionRules(db: Db, day: string): { version: string; classes: Record<RetentionClass, KeptRule> } {
	const { version, data } = ruleSetOn(db, 'retention', day);
	return { version, ...(JSON.parse(data) as { classes: Record<RetentionClass, KeptRule> }) };
}

/** How long we may take over a request about data: months to answer, months more when it is hard, working days to say that we have it. */
export function requestRules(db: Db, day: string): { answerMonths: number; extensionMonths: number; acknowledgeDays: number } {
	return JSON.parse(ruleSetOn(db, 'data-requests', day).data) as ReturnType<typeof requestRules>;
}
