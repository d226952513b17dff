import { Menu } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useEditor } from './editor-context.tsx'

/** Copies the address of the editor with this node selected. */
export function CopyLinkItem({ id }: { id: string }) {
  const router = useRouter()
  const realm = useEditor(({ realm }) => realm)
  const name = useEditor(({ name }) => name)
  const copy = async () => {
    const { publicHref } = router.buildLocation({
      to: '/journeys/$name',
      params: { name },
      search: { realm, node: id },
    })
    try {
      await navigator.clipboard.writeText(new URL(publicHref, location.origin).href)
    } catch {
      // Clipboard access was denied. The address bar shows the same link.
    }
  }
  return <Menu.Item onClick={() => void copy()}>Copy link</Menu.Item>
}
