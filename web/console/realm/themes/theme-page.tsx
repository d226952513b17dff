import { useParams, useSearch } from '@tanstack/react-router'
import { ResourcePage } from '../../resources/resource-page.tsx'
import { themes } from './theme-document.ts'
import { ThemeEditor } from './theme-editor.tsx'

export function ThemePage() {
  const { id } = useParams({ from: '/realm/themes/$id' })
  const { realm } = useSearch({ from: '__root__' })
  return (
    <ResourcePage of={themes} realm={realm} id={id} noun="theme">
      {(stored) => <ThemeEditor key={`${realm} ${id}`} realm={realm} id={id} stored={stored} />}
    </ResourcePage>
  )
}
