import { useParams, useSearch } from '@tanstack/react-router'
import { emailTemplates } from '../../../api/email-templates.ts'
import { ResourcePage } from '../../resources/resource-page.tsx'
import { TemplateEditor } from './template-editor.tsx'

export function TemplatePage() {
  const { name } = useParams({ from: '/realm/templates/$name' })
  const { realm } = useSearch({ from: '__root__' })
  return (
    <ResourcePage of={emailTemplates} realm={realm} id={name} noun="template">
      {(stored) => <TemplateEditor key={`${realm} ${name}`} realm={realm} stored={stored} />}
    </ResourcePage>
  )
}
