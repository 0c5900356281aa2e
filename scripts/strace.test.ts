import { expect, it } from 'vitest';
import { callsByStep } from './strace.ts';

const OUTPUT = `
read(17, "module"..., 4096) = 812
write(1, "step: listen\\n", 13) = 13
socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 21
bind(21, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
listen(21, 511)                         = 0
read(9, "\\1\\0", 1024) = 2
write(1, "step: refused\\n", 14) = 14
socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 22
bind(22, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
listen(22, 511)                         = 0
close(22)                               = 0
socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 22
connect(22, {sa_family=AF_INET, sin_port=htons(4600), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS (Operation now in progress)
accept4(21, NULL, NULL, SOCK_CLOEXEC|SOCK_NONBLOCK) = -1 EAGAIN (Resource temporarily unavailable)
close(22)                               = 0
read(22, "another file"..., 4096)       = 99
write(1, "step: send\\n", 11) = 11
sendmsg(21, {msg_name={sa_family=AF_INET, sin_port=htons(5000), sin_addr=inet_addr("127.0.0.1")}, msg_namelen=16, msg_iov=[{iov_base="say \\"hi\\"", iov_len=8}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, 0) = 8
write(1, "step: \\n", 7) = 7
close(21)                               = 0
+++ exited with 0 +++
`;

it('the calls of each step are those on its sockets, in words that people read', () => {
  expect(callsByStep(OUTPUT)).toEqual({
    listen: ['socket(AF_INET, SOCK_STREAM) = 21', 'bind(21, 127.0.0.1:0) = 0', 'listen(21, 511) = 0'],
    refused: ['socket(AF_INET, SOCK_STREAM) = 22', 'connect(22, 127.0.0.1:4600) = -1 EINPROGRESS', 'close(22) = 0'],
    send: ['sendmsg(21, 127.0.0.1:5000, "say \\"hi\\"") = 8'],
  });
});

it('nothing that strace writes stops it', () => {
  expect(callsByStep('')).toEqual({});
  expect(callsByStep('strace: Process 1 attached\n<... read resumed>) = ?\nwrite(1, "step: ')).toEqual({});
});
