export interface Choice {
	value: string;
	label: string;
	hint?: string;
	/** How many results this choice gives, where that is known. */
	count?: number;
}

/** The id of a choice: the first one has the id of the group, so that an error summary lands on it. */
export function choiceId(id: string, index: number): string {
	return index === 0 ? id : `${id}-${index + 1}`;
}
