import { BlockList } from 'node:net'
import t from 'tap'
import { callbackAddress, isPublicAddress, mayBeCalled } from '../../../src/usecases/callbacks/address.ts'

const NONE = new BlockList()

const REFUSED = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'localhost',
]

t.test('addresses that are nobody’s on the Internet are not public', async (t) => {
  for (const address of REFUSED) t.notOk(isPublicAddress(address), address)
  for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '223.5.5.5', '2400:3200::1', '2606:4700::1'])
    t.ok(isPublicAddress(address), address)
})

t.test('a production sends by https to public addresses, however they are written', async (t) => {
  const production = (url: string) => () => callbackAddress(url, 'production', NONE)
  t.equal(production('https://his.example/hub?x=1')(), 'https://his.example/hub?x=1')
  t.equal(production('https://HIS.example')(), 'https://his.example/', 'in its normal form')
  for (const url of [
    'http://his.example/hub',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://name:word@his.example/',
    'https://his.example/#there',
    'https://his.example:99999/',
    'ftp://his.example/',
    'https://',
  ]) {
    t.throws(production(url), { code: 'callback-address-refused' }, url)
  }
})

t.test('a sandbox sends anywhere, and a production where its operator allows it', async (t) => {
  t.equal(callbackAddress('http://127.0.0.1:9/hub', 'sandbox', NONE), 'http://127.0.0.1:9/hub')
  const allowed = new BlockList()
  allowed.addSubnet('10.8.0.0', 16, 'ipv4')
  t.ok(mayBeCalled('10.8.3.4', 'production', allowed))
  t.notOk(mayBeCalled('10.9.3.4', 'production', allowed))
  t.equal(callbackAddress('https://10.8.3.4/', 'production', allowed), 'https://10.8.3.4/')
  t.throws(() => callbackAddress('http://10.8.3.4/', 'production', allowed), 'https there, too')
})
