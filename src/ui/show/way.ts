/** A stage of a way: `off` was left out or will not come; `words` say what its mark shows. */
export type WayStage = { title: string; state: 'done' | 'now' | 'todo' | 'off'; words: string };
