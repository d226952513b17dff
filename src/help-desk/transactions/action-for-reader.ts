import { defined } from '../../base/defined.ts'
import { bestMatch, localise } from '../../base/locale.ts'
import { fillText, serverText } from '../../base/server-texts.ts'
import type { Realm } from '../../realms/realm.ts'
import { plainText } from './plain-text.ts'
import type { Purpose } from './purpose.ts'
import type { Transaction } from './transaction.ts'

/** What a reader's text is chosen by: the realm's translations, and the reader's languages, best first. */
type Reader = { realm: Pick<Realm, 'settings'>; locales: readonly string[] }

/** An action in the reader's language; the action itself if the realm has no translation. */
export function translatedAction(action: string, { realm, locales }: Reader): string {
  const { locales: languages, helpDesk } = realm.settings
  const { actionTexts } = helpDesk
  const texts = Object.hasOwn(actionTexts, action) ? actionTexts[action] : undefined
  // Actions are written in the realm's default language, so readers of that language get no translation.
  const found = bestMatch({ [languages.default]: action, ...texts }, [...locales, languages.default])
  return plainText(found ?? action, 120) || action
}

/**
 * The action of a transaction for its subject. Applications word their requests themselves, and show people the same
 * words to compare: these are not translated.
 */
export function actionForSubject(
  { purpose, openedBy }: Pick<Transaction, 'purpose' | 'openedBy'>,
  reader: Reader,
): string | undefined {
  const { action } = purpose
  if (action === undefined || openedBy.client !== undefined) return action
  return translatedAction(action, reader)
}

/** Like {@link actionForSubject}, but a request to vouch names the caller before the action. */
export function requestForSubject(
  transaction: Pick<Transaction, 'purpose' | 'openedBy'>,
  reader: Reader,
): string | undefined {
  const action = actionForSubject(transaction, reader)
  const { vouchFor }: Purpose = transaction.purpose
  if (vouchFor === undefined) return action
  const locales = [...reader.locales, reader.realm.settings.locales.default]
  const text = localise(serverText(action === undefined ? 'vouch' : 'vouchAndAction'), locales, '{person}')
  return fillText(text, { person: vouchFor, ...defined({ action }) })
}
