import '../../components/listing.css'
import './templates.css'
import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listTemplates, type StoredTemplate, saveTemplate } from '../../../api/email-templates.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { OnOff } from '../../components/on-off.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useOpenedAct } from '../../components/use-opened-act.ts'
import { localesOf } from './template-texts.ts'

/** Templates of the emails that journeys send. */
export function TemplatesPage() {
  const { realm } = useSearch({ from: '__root__' })
  const [isNew, setNew] = useState(false)
  useOpenedAct({ new: () => setNew(true) })
  const read = useQuery({
    queryKey: ['email-templates', realm],
    queryFn: ({ signal }) => listTemplates(realm, signal),
  })
  const act = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
      New template
    </Button>
  )
  if (read.error !== null) {
    return <ErrorNotice title="The templates could not be read" error={read.error} onRetry={read.refetch} />
  }
  if (read.data === undefined) return <Skeleton label="Loading templates" rows={3} />
  return (
    <>
      {read.data.length === 0 ? (
        <EmptyState title="No email templates yet" action={act}>
          Journeys use templates to send emails in several languages.
        </EmptyState>
      ) : (
        <>
          <div className="listing-acts">{act}</div>
          <ul className="listing templates">
            {read.data.map((template) => (
              <Row key={template.name} realm={realm} template={template} />
            ))}
          </ul>
        </>
      )}
      {isNew && <NewTemplate realm={realm} onClose={() => setNew(false)} />}
    </>
  )
}

function Row({ realm, template: { name, document } }: { realm: string; template: StoredTemplate }) {
  return (
    <li>
      <Link to="/realm/templates/$name" params={{ name }} search={{ realm }}>
        <bdi>{name}</bdi>
      </Link>
      <p>{localesOf(document).join(', ')}</p>
      <OnOff isOn={document.enabled !== false} />
    </li>
  )
}

function NewTemplate({ realm, onClose }: { realm: string; onClose(): void }) {
  const [name, setName] = useState('')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const creation = useMutation({
    mutationFn: () => {
      const texts = { subject: { en: '' }, message: { en: '' } }
      return saveTemplate(
        realm,
        name,
        { ...texts, enabled: true, from: '', mimeType: 'text/html', defaultLocale: 'en' },
        undefined,
      )
    },
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['email-templates', realm], exact: true })
      await navigate({ to: '/realm/templates/$name', params: { name }, search: { realm } })
    },
  })
  return (
    <Sheet title="New email template" onClose={onClose}>
      <form
        className="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (name !== '') creation.mutate()
        }}
      >
        {creation.error !== null && (
          <ErrorNotice title="The template was not created" error={creation.error} />
        )}
        <TextInput
          data-autofocus
          label="Name"
          description="Journeys refer to the template by this name."
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value.trim())}
        />
        <div className="sheet-acts">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={creation.isPending} disabled={name === ''}>
            Create template
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
