import { expect, test } from 'vitest'
import { isPrivateHost } from '../../../core/private-host.ts'

const hostOf = (address: string) => new URL(address).hostname

test.each([
  'http://localhost/',
  'http://printer/',
  'http://nas.local./',
  'http://router.home.arpa',
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://10.1.2.3/',
  'http://172.31.0.1/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.100.100.200/',
  'http://0.0.0.0/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[fe80::1]/',
  'http://[fd00::1]/',
  'http://[2002:a00:1::]/',
])('%s is of the reader’s own network', (address) => expect(isPrivateHost(hostOf(address))).toBe(true))

test.each([
  'https://bbs.pku.edu.cn/',
  'https://img.localhost.example/',
  'http://172.32.0.1/',
  'http://100.128.0.1/',
  'http://8.8.8.8/',
  'http://[2400:3200::1]/',
  'https://中文.example/',
])('%s is not', (address) => expect(isPrivateHost(hostOf(address))).toBe(false))
