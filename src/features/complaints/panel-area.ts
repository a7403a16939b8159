/** Everything that the pages under `/office/concerns/[reference]/panels` need, and what others know of panels. */

export { panelAct } from './panel-acts.ts';
export { composeAct } from './panel-compose.ts';
export { panelsOf } from './panel-rows.ts';
export { type PanelKind, type PanelRules, panelRulesOn } from './panel-rules.ts';
export { decisionReasons, panelList, panelView } from './panel-view.ts';
