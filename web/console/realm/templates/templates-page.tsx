import '../../components/listing.css'
import './templates.css'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Stored } from '../../../api/collection.ts'
import { emailTemplates } from '../../../api/email-templates.ts'
import { OnOff } from '../../components/on-off.tsx'
import { NewByName } from '../../resources/new-by-name.tsx'
import { ResourceList } from '../../resources/resource-list.tsx'
import { localesOf } from './template-texts.ts'

/** Templates of the emails that journeys send. */
export function TemplatesPage() {
  return (
    <ResourceList
      of={emailTemplates}
      nouns={['template', 'templates']}
      empty="Journeys use templates to send emails in several languages."
      renderNew={(realm, onClose) => <NewTemplate realm={realm} onClose={onClose} />}
    >
      {(all, realm) => (
        <ul className="listing templates panel">
          {all.map((template) => (
            <Row key={template.id} realm={realm} template={template} />
          ))}
        </ul>
      )}
    </ResourceList>
  )
}

function Row({ realm, template: { id: name, document } }: { realm: string; template: Stored }) {
  return (
    <li className="align-center breaks">
      <Link className="medium inked" to="/realm/templates/$name" params={{ name }} search={{ realm }}>
        <bdi>{name}</bdi>
      </Link>
      <p>{localesOf(document).join(', ')}</p>
      <OnOff isOn={document.enabled !== false} />
    </li>
  )
}

const initial = {
  ...{ subject: { en: '' }, message: { en: '' } },
  ...{ enabled: true, from: '', mimeType: 'text/html', defaultLocale: 'en' },
}

function NewTemplate({ realm, onClose }: { realm: string; onClose(): void }) {
  const navigate = useNavigate()
  return (
    <NewByName
      of={emailTemplates}
      realm={realm}
      title="New email template"
      noun="template"
      description="Journeys refer to the template by this name."
      create={async (name) => (await emailTemplates.save(realm, name, initial, undefined)).id}
      onCreated={(name) => navigate({ to: '/realm/templates/$name', params: { name }, search: { realm } })}
      onClose={onClose}
    />
  )
}
