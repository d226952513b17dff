import {
  IconAlertTriangle,
  IconArrowUpRight,
  IconBan,
  IconExclamationCircle,
  IconMasksTheater,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEditor } from '../editor-context.tsx'
import type { CanvasNodeView, NodeView } from '../model/node-views.ts'
import { NodeTile } from '../node-tile.tsx'

export function NodeHead({ nodeView }: { nodeView: CanvasNodeView }) {
  const { id, name, type, family, isSupported, isStandIn, journey } = nodeView
  const realm = useEditor(({ realm }) => realm)
  return (
    <header className="node-head row">
      <NodeTile type={type} family={family} />
      <span className="words grow">
        <bdi className="name strong breaks" title={name}>
          {name}
        </bdi>
        <bdi className="about one-line block muted">{aboutNode(nodeView)}</bdi>
      </span>
      {!isSupported && <IconBan className="flag rigid ink-warn" size={16} stroke={1.75} aria-hidden />}
      {isStandIn && <StandInMark />}
      <NodeFlag ids={[id, ...(nodeView.children ?? []).map((child) => child.id)]} />
      {journey !== undefined && (
        <Link
          to="/journeys/$name"
          params={{ name: journey }}
          search={{ realm }}
          className="inner hoverable nodrag nopan place-center rigid ink-accent"
          aria-label={`Open ${journey}`}
          title={`Open ${journey}`}
          tabIndex={-1}
        >
          <IconArrowUpRight size={16} stroke={1.75} aria-hidden />
        </Link>
      )}
    </header>
  )
}

function StandInMark() {
  const words = 'Stand-in: an administrator decides what it does, and it checks nothing'
  return (
    <span className="flag stack rigid ink-warn" title={words}>
      <IconMasksTheater size={16} stroke={1.75} aria-hidden />
      <span className="spoken">{words}</span>
    </span>
  )
}

/** The line below a node's name: what it is, or that this server can't run it. */
export function aboutNode({ isSupported, isStandIn, subtitle }: NodeView): string {
  if (!isSupported) return 'Not supported'
  return isStandIn ? 'Stand-in: no check' : subtitle
}

/** Shown while a node, or a node on its page, has findings. */
export function NodeFlag({ ids }: { ids: readonly string[] }) {
  const worst = useEditor(({ findings }) => {
    const own = findings.filter(({ nodeId }) => nodeId !== undefined && ids.includes(nodeId))
    const { length } = own.filter(({ severity }) => severity !== 'hint')
    if (length === 0) return ''
    return `${own.some(({ severity }) => severity === 'error') ? 'error' : 'warning'} ${length}`
  })
  if (worst === '') return null
  const [severity, count] = worst.split(' ')
  const Icon = severity === 'error' ? IconExclamationCircle : IconAlertTriangle
  const words = count === '1' ? '1 finding' : `${count} findings`
  return (
    <span className={`flag stack rigid ${severity === 'error' ? 'ink-bad' : 'ink-warn'}`} title={words}>
      <Icon size={16} stroke={1.75} aria-hidden />
      <span className="spoken">{words}</span>
    </span>
  )
}
