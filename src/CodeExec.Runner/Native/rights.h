/* Messages with open descriptors attached (SCM_RIGHTS). */
#include <string.h>
#include <sys/socket.h>

enum { MOST_FDS = 32 };

static ssize_t send_fds(int socket, const void *data, size_t length, const int *fds, int count)
{
    char control[CMSG_SPACE(sizeof(int) * MOST_FDS)];
    struct iovec vector = { (void *)data, length };
    struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE(sizeof(int) * count) };
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    memset(control, 0, sizeof control);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * count);
    memcpy(CMSG_DATA(header), fds, sizeof(int) * count);
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}

static ssize_t receive_fds(int socket, void *data, size_t length, int *fds, int *count)
{
    char control[CMSG_SPACE(sizeof(int) * MOST_FDS)];
    struct iovec vector = { data, length };
    struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
    ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    *count = 0;
    for (struct cmsghdr *header = received < 0 ? NULL : CMSG_FIRSTHDR(&message); header != NULL; header = CMSG_NXTHDR(&message, header)) {
        int more = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(fds + *count, CMSG_DATA(header), sizeof(int) * more);
        *count += more;
    }
    return received;
}
