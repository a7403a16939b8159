import { type HelpLine, urgentHelp } from '#content/urgent-help.ts';

/** The lines everyone should know, whichever nation they are in: danger, NHS help by phone, someone to listen. */
const FIRST = ['emergency', 'nhs-england', 'samaritans'] as const;
/** With the nations' differences and a way to type instead of talk. */
const FULL = ['emergency', 'nhs-england', 'nhs-wales', 'nhs-scotland', 'lifeline', 'samaritans', 'shout'] as const;

const linesOf = (ids: readonly string[]): readonly HelpLine[] => ids.flatMap((id) => urgentHelp.lines.filter((line) => line.id === id));

export const firstLines = linesOf(FIRST);
export const fullLines = linesOf(FULL);

/** The number as people read it. */
export function numberOf(line: HelpLine): string {
	return line.tel ?? line.sms;
}
