import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatLinkRules, parseLinkRules } from '../../../../core/links/parse-link-rules.ts'
import type { UserRule } from '../../../../core/links/user-rules.ts'

const redirector = { kind: 'redirector', host: 'go.example.org', path: '/out', parameter: 'url' } as const
const parameter = { kind: 'parameter', name: 'campaign_*' } as const

describe('parseLinkRules', () => {
  it('reads what formatLinkRules wrote', () => {
    const rules: UserRule[] = [
      redirector,
      { ...redirector, host: '.example.net', encoding: 'twice' },
      parameter,
      { kind: 'parameter', name: 'from', host: 'www.example.org' },
    ]
    expect(parseLinkRules(formatLinkRules(rules))).toEqual({ rules })
    expect(parseLinkRules(formatLinkRules([]))).toEqual({ rules: [] })
    expect(parseLinkRules(rules)).toEqual({ rules })
  })

  it.each([
    ['not JSON at all {', 'not-json'],
    [undefined, 'not-a-list'],
    [{ rules: [] }, 'not-a-list'],
    ['null', 'not-a-list'],
    [Array.from({ length: 1001 }, () => parameter), 'too-many'],
  ])('refuses the whole: %j', (input, reason) => {
    expect(parseLinkRules(input)).toEqual({ problems: [{ index: -1, reason }] })
  })

  it.each([
    [null, 'unknown-kind'],
    ['redirector', 'unknown-kind'],
    [{ kind: 'shortener' }, 'unknown-kind'],
    [{ ...redirector, script: 'alert(1)' }, 'unknown-field'],
    [{ ...redirector, host: 'example' }, 'bad-host'],
    [{ ...redirector, host: '.org' }, 'bad-host'],
    [{ ...redirector, host: '*.example.org' }, 'bad-host'],
    [{ ...redirector, host: 'Go.Example.org' }, 'bad-host'],
    [{ ...redirector, host: 'go.example.org:8080' }, 'bad-host'],
    [{ ...redirector, host: 'a.example b.example' }, 'bad-host'],
    [{ ...redirector, host: ['go.example.org'] }, 'bad-host'],
    [{ ...redirector, path: 'out' }, 'bad-path'],
    [{ ...redirector, path: '/out?x=1' }, 'bad-path'],
    [{ ...redirector, path: '/**' }, 'bad-path'],
    [{ ...redirector, path: '/a /b' }, 'bad-path'],
    [{ ...redirector, parameter: '' }, 'bad-parameter'],
    [{ ...redirector, parameter: '/' }, 'bad-parameter'],
    [{ ...redirector, parameter: '?' }, 'bad-parameter'],
    [{ ...redirector, parameter: 'a&b' }, 'bad-parameter'],
    [{ ...redirector, encoding: 'rot13' }, 'bad-encoding'],
    [{ ...redirector, encoding: 'constructor' }, 'bad-encoding'],
    [{ ...redirector, host: 'iaaa.pku.edu.cn' }, 'protected-address'],
    [{ ...redirector, path: '/user/login.php' }, 'protected-address'],
    [{ ...parameter, name: '*' }, 'bad-parameter'],
    [{ ...parameter, name: 'a*b' }, 'bad-parameter'],
    [{ ...parameter, name: 'tid' }, 'too-generic'],
    [{ ...parameter, name: 'q*' }, 'too-generic'],
    [{ ...parameter, host: 'nowhere' }, 'bad-host'],
    [redirector, 'duplicate'],
  ])('refuses %j: %s', (rule, reason) => {
    expect(parseLinkRules([redirector, rule])).toEqual({ problems: [{ index: 1, reason }] })
  })

  it('names every bad rule', () => {
    expect(parseLinkRules([1, parameter, 2])).toEqual({
      problems: [
        { index: 0, reason: 'unknown-kind' },
        { index: 2, reason: 'unknown-kind' },
      ],
    })
  })

  it('never throws, and what it lets through it lets through again', () => {
    const almost = fc.record(
      {
        kind: fc.constantFrom('redirector', 'parameter'),
        host: fc.webUrl(),
        path: fc.webPath(),
        parameter: fc.string(),
        name: fc.string(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(almost), fc.string()), (input) => {
        const parsed = parseLinkRules(input)
        if ('rules' in parsed) expect(parseLinkRules(formatLinkRules(parsed.rules))).toEqual(parsed)
        else expect(parsed.problems.length).toBeGreaterThan(0)
      }),
    )
  })
})
