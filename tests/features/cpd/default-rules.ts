import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpdRulesSchema } from '#features/cpd/rules.ts';

const migration = readFileSync(join(import.meta.dirname, '../../../db/migrations/0006-cpd.sql'), 'utf8');

/** The rules that a new installation begins with. */
export const DEFAULT_RULES = cpdRulesSchema.parse(JSON.parse(/'(\{"period".*\})'\);/.exec(migration)?.[1] ?? ''));
