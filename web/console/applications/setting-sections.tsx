import type { Draft } from '../saving/use-draft.ts'
import { textValue } from './client-settings.ts'
import { ChoiceSetting, SecondsSetting, SwitchSetting, TextSetting, TextsSetting } from './setting-fields.tsx'

/** Redirects, scopes and consent. */
export function SignInSection({ draft }: { draft: Draft }) {
  const isPublic = textValue(draft.document, 'type') === 'Public'
  return (
    <section aria-label="Sign-in">
      <h2 className="heading-2">Sign-in</h2>
      <TextsSetting
        draft={draft}
        name="redirectUris"
        description="Where people return after signing in. URIs must match exactly."
      />
      <TextsSetting
        draft={draft}
        name="signedOutUris"
        description="Where people can return after signing out."
      />
      <TextsSetting
        draft={draft}
        name="scopes"
        description="Scopes that the application can request, optionally with a text for people: orders|en|Your orders"
      />
      <TextsSetting
        draft={draft}
        name="defaultScopes"
        description="Used if the application requests no scopes."
      />
      <TextsSetting
        draft={draft}
        name="acrValues"
        description="Used if the application requests none. They select journeys, as configured in the realm settings."
      />
      {!isPublic && (
        <SwitchSetting
          draft={draft}
          name="requirePkce"
          description="A stolen code is useless without the verifier of the application. Turn it off only for applications that can’t send one."
        />
      )}
      <SwitchSetting
        draft={draft}
        name="isConsentImplied"
        description="Only for your own applications. Others should ask people for consent."
      />
    </section>
  )
}

const modes = [
  { value: 'poll', label: 'Poll: the application asks repeatedly' },
  { value: 'ping', label: 'Ping: the application is notified and fetches the result' },
]

/** Backchannel authentication (CIBA). */
export function CibaSection({ draft }: { draft: Draft }) {
  return (
    <section aria-label="Backchannel authentication">
      <h2 className="heading-2">Backchannel authentication</h2>
      <ChoiceSetting draft={draft} name="deliveryMode" choices={modes} />
      {textValue(draft.document, 'deliveryMode', 'poll') === 'ping' && (
        <TextSetting
          draft={draft}
          name="notificationEndpoint"
          description="HTTPS URL of the application. The call names the request, but not the result."
        />
      )}
      <SwitchSetting
        draft={draft}
        name="isUserCodeRequired"
        description="The application must send a code that the person chose, so that others can’t trigger requests."
      />
    </section>
  )
}

/** Lifetimes of codes and tokens. */
export function LifetimeSection({ draft }: { draft: Draft }) {
  return (
    <section aria-label="Lifetimes">
      <h2 className="heading-2">Lifetimes</h2>
      <p>0 uses the default of the realm.</p>
      <SecondsSetting draft={draft} name="codeSeconds" />
      <SecondsSetting draft={draft} name="accessTokenSeconds" />
      <SecondsSetting draft={draft} name="refreshTokenSeconds" />
    </section>
  )
}
