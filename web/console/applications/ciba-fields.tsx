import type { Draft } from '../saving/use-draft.ts'
import { textValue } from './client-settings.ts'
import { ChoiceSetting, SwitchSetting, TextSetting } from './setting-fields.tsx'

const modes = [
  { value: 'poll', label: 'It asks again and again (poll)' },
  { value: 'ping', label: 'It is told, and fetches it (ping)' },
]

/** How people are asked on a device of theirs (CIBA). */
export function CibaFields({ draft }: { draft: Draft }) {
  return (
    <section aria-label="Asking people">
      <h2>Asking people</h2>
      <ChoiceSetting draft={draft} name="deliveryMode" choices={modes} />
      {textValue(draft.document, 'deliveryMode', 'poll') === 'ping' && (
        <TextSetting
          draft={draft}
          name="notificationEndpoint"
          description="An https address of the application. It learns which request has an answer, never which answer."
        />
      )}
      <SwitchSetting
        draft={draft}
        name="isUserCodeRequired"
        description="Nobody is asked in the name of somebody who does not know it."
      />
    </section>
  )
}
