import { Switch } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { JsonObject } from '../../../api/json.ts'
import { type StoredWebhook, webhooks } from '../../../api/webhooks.ts'
import { serverProblems } from '../../form/server-problems.ts'
import { useResourceDraft } from '../../resources/use-resource-draft.ts'
import { type Path, pathKey } from '../../saving/changes.ts'
import { DraftSheets } from '../../saving/draft-sheets.tsx'
import { SaveBar } from '../../saving/save-bar.tsx'
import type { Draft } from '../../saving/use-draft.ts'
import { Deliveries } from './deliveries.tsx'
import { EventFields } from './event-fields.tsx'
import { UrlField } from './url-field.tsx'
import { WebhookActions } from './webhook-actions.tsx'

const titles: Readonly<Record<string, string>> = {
  url: 'URL',
  events: 'Events',
  enabled: 'Enabled',
}

const titleOf = (path: Path) => titles[pathKey(path)] ?? pathKey(path)

/** Settings, actions and deliveries of a webhook. */
export function WebhookEditor({ realm, stored }: { realm: string; stored: StoredWebhook }) {
  const { id } = stored
  const draft = useResourceDraft(webhooks, realm, stored, withTrimmedUrl)
  const { document, revision } = draft.base
  const url = urlOf(document)
  const thing = { event: 'AM-CONFIG-CHANGE', kind: 'receiver', id } as const
  return (
    <>
      <div className="webhook-head wrap align-baseline justify-between below-4">
        <h2 className="heading-2 breaks">
          <bdi>{url}</bdi>
        </h2>
        <Link to="/realm/webhooks" search={{ realm }}>
          All webhooks
        </Link>
      </div>
      <div className="webhook align-start gap-4">
        <Settings draft={draft} />
        <WebhookActions
          realm={realm}
          id={id}
          url={url}
          revision={revision}
          isOn={isOn(document)}
          isChanged={draft.changes.length > 0}
        />
      </div>
      <Deliveries realm={realm} webhook={id} isOn={isOn(document)} />
      <DraftSheets draft={draft} realm={realm} changed={thing} titleOf={titleOf} name={hostOf(url)} />
    </>
  )
}

function Settings({ draft }: { draft: Draft }) {
  const { document, set, saveState } = draft
  const problems = serverProblems(saveState.kind === 'refused' ? saveState.error : null)
  const fields = [...problems.keys()].map((name) => `“${titleOf([name])}”`).join(', ')
  return (
    <section className="panel stack gap-4" aria-label="Settings">
      <Switch
        label={titles.enabled}
        description="Disabled webhooks get no events; pending ones are dropped."
        checked={isOn(document)}
        onChange={({ currentTarget }) => set(['enabled'], currentTarget.checked)}
      />
      <UrlField url={urlOf(document)} problem={problems.get('url')} onChange={(url) => set(['url'], url)} />
      <EventFields
        events={eventsOf(document)}
        problem={problems.get('events')}
        onChange={(events) => set(['events'], events)}
      />
      <SaveBar draft={draft} serverError={problems.size === 0 ? undefined : `Fix these fields: ${fields}.`} />
    </section>
  )
}

function withTrimmedUrl(document: JsonObject): JsonObject {
  return { ...document, url: urlOf(document).trim() }
}

function urlOf({ url }: JsonObject): string {
  return typeof url === 'string' ? url : ''
}

function eventsOf({ events }: JsonObject): string[] {
  return Array.isArray(events) ? events.filter((event) => typeof event === 'string') : []
}

function isOn({ enabled }: JsonObject): boolean {
  return enabled === true
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? address
}
