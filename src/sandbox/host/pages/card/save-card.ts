import type { AccountApi } from '../../account-api.js';
import type { CardForm } from './form.js';
import type { CardKind } from './kinds.js';
import type { SdkTab } from './sdk-tab.js';

/**
 * Stores what is not saved and tells the tabs of `card_sdk` whose links were changed. Returns the entity's id, which a
 * new card gets now; rejects with the account's refusal.
 */
export async function saveCard(
  api: Pick<AccountApi, 'post' | 'patch'>,
  { type }: CardKind,
  id: number,
  { form, sdk }: { form: Pick<CardForm, 'patch' | 'values'>; sdk: readonly SdkTab[] },
): Promise<number> {
  const patch = form.patch();
  let saved = id;
  if (id === 0) {
    const body = [{ name: form.values()['name'], ...patch }];
    const answer = await api.post<{ _embedded: Record<string, { id: number }[]> }>(`/${type}`, body);
    saved = answer?._embedded[type]?.[0]?.id ?? 0;
  } else if (Object.keys(patch).length > 0) {
    await api.patch(`/${type}/${id}`, patch);
  }
  for (const tab of sdk) if (tab.isChanged) await tab.save(saved);
  return saved;
}
