/** Numbers that stand for entities in hooks, in `card_sdk` and in notes (`platform/widget.md §4.1`). */
export const elementTypes = { contact: 1, lead: 2, company: 3, customer: 12 } as const;

export type ElementTypeName = keyof typeof elementTypes;

export type ElementType = (typeof elementTypes)[ElementTypeName];
