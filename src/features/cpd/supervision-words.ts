import { SUPERVISION_KINDS, SUPERVISION_MATERIAL, SUPERVISION_MODES } from '#db/schema/supervision.ts';

export { SUPERVISION_KINDS, SUPERVISION_MATERIAL, SUPERVISION_MODES };
export type SupervisionKind = (typeof SUPERVISION_KINDS)[number];
export type SupervisionMode = (typeof SUPERVISION_MODES)[number];
export type SupervisionMaterial = (typeof SUPERVISION_MATERIAL)[number];

export const KIND_OF_SUPERVISION: Record<SupervisionKind, string> = { individual: 'One to one', group: 'Group', peer: 'Peers' };
export const MODE_OF_SUPERVISION: Record<SupervisionMode, string> = { in_person: 'In person', video: 'By video', telephone: 'By telephone' };
export const MATERIAL_OF_SUPERVISION: Record<SupervisionMaterial, string> = { none: 'None', recorded: 'A recording', live: 'Live work' };

export const SUPERVISION_KIND_OPTIONS = [
	{ value: 'individual', label: 'One to one' },
	{ value: 'group', label: 'In a group, with a supervisor', hint: 'Your own share counts' },
	{ value: 'peer', label: 'With peers', hint: 'Your own share counts' },
] as const;
export const SUPERVISION_MODE_OPTIONS = SUPERVISION_MODES.map((value) => ({ value, label: MODE_OF_SUPERVISION[value] }));
export const SUPERVISION_MATERIAL_OPTIONS = SUPERVISION_MATERIAL.map((value) => ({ value, label: MATERIAL_OF_SUPERVISION[value] }));
