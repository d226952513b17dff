import type { Draft } from '../saving/use-draft.ts'
import { SwitchSetting, TextsSetting } from './setting-fields.tsx'

/** Where people come back to, and what it is told of them. */
export function SignInFields({ draft }: { draft: Draft }) {
  return (
    <section aria-label="Signing in">
      <h2>Signing in</h2>
      <TextsSetting
        draft={draft}
        name="redirectUris"
        description="Where people come back to. The whole address counts, to the letter."
      />
      <TextsSetting
        draft={draft}
        name="signedOutUris"
        description="Where people may go once they are signed out."
      />
      <TextsSetting
        draft={draft}
        name="scopes"
        description="What it may ask for. Words for people may follow: orders|en|Your orders"
      />
      <TextsSetting
        draft={draft}
        name="defaultScopes"
        description="What it gets where it asks for nothing."
      />
      <TextsSetting
        draft={draft}
        name="acrValues"
        description="Which of the realm's journeys people sign in by, where it asks for none: classes of Realm settings."
      />
      <SwitchSetting
        draft={draft}
        name="isConsentImplied"
        description="For applications of your own. Others should ask."
      />
    </section>
  )
}
