import { type Disposal, keep } from './disposal-rows.ts';

const WITH_ITS_CASE = 'what was said in a case goes with the case, by its own time, and its key with it; what is left names nobody';
const TABLES = [
	'concern',
	'concern_party',
	'concern_access',
	'concern_step',
	'concern_proposal',
	'concern_read',
	'concern_message',
	'concern_allegation',
	'concern_file',
	'concern_order',
	'concern_order_end',
	'concern_condition',
	'concern_condition_act',
	'concern_retained',
	'concern_learning',
	'concern_summary',
	'concern_room',
	'concern_typed',
	'concern_typed_look',
	'concern_unreached',
	'concern_pack',
	'concern_pack_item',
	'concern_pack_mark',
	'concern_pack_maker',
	'concern_redacted_file',
	'concern_reply',
	'concern_reply_answer',
	'concern_time_request',
	'concern_offer',
	'concern_letter',
	'concern_bundle',
	'concern_panel',
	'concern_panel_seat',
	'concern_panel_round',
	'concern_panel_vote',
	'concern_interim_request',
];

/** Concerns are kept and destroyed as cases, never by the person: see `src/features/complaints`. */
export const CONCERN_DISPOSALS: readonly Disposal[] = TABLES.map((table) => keep(table, WITH_ITS_CASE));
