import type { Draft } from '../saving/use-draft.ts'
import { SecondsSetting } from './setting-fields.tsx'

/** How long what it gets is good. */
export function TokenFields({ draft }: { draft: Draft }) {
  return (
    <section aria-label="Times">
      <h2>Times</h2>
      <p>0 takes the time of the realm.</p>
      <SecondsSetting draft={draft} name="codeSeconds" />
      <SecondsSetting draft={draft} name="accessTokenSeconds" />
      <SecondsSetting draft={draft} name="refreshTokenSeconds" />
    </section>
  )
}
