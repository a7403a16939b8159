import { z } from 'zod';
import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import type { StepKind } from './phases.ts';

const schema = z.strictObject({ twoPeople: z.array(z.string()) });

/** Is a letter about this step read by a second person before it is sent, by the rules of a day? */
export function needsTwo(db: Db, day: string, kind: StepKind): boolean {
	return schema.parse(JSON.parse(ruleSetOn(db, 'concern_letters', day).data)).twoPeople.includes(kind);
}
