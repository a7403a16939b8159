import { withQuery } from './paths-query.ts';

/** Addresses of concerns: no address ever says more of one than its reference. */
export const CONCERN_PATHS = {
	officeConcerns: (filter: Record<string, string | undefined> = {}) => withQuery('/office/concerns', filter),
	officeConcern: (reference: string, act = '', done = '') => withQuery(`/office/concerns/${reference}${act && `/${act}`}`, { done }),
	breakGlass: () => '/office/concerns/glass',
	concerns: () => '/concerns',
	concernFit: () => '/concerns/is-this-for-us',
	concernBegin: () => '/concerns/begin',
	concernOpen: (done = '') => withQuery('/concerns/open', { done }),
	concernLeave: () => '/concerns/leave',
	concernEquality: (done = '') => withQuery('/concerns/equality', { done }),
	myConcern: (part = '', done = '') => withQuery(`/concerns/mine${part && `/${part}`}`, { done }),
	myConcerns: (done = '') => withQuery('/my/concerns', { done }),
	myCase: (reference: string, part = '', done = '') => withQuery(`/my/concerns/${reference}${part && `/${part}`}`, { done }),
	officePacks: (reference: string, part = '', done = '') => withQuery(`/office/concerns/${reference}/packs${part && `/${part}`}`, { done }),
} as const;
