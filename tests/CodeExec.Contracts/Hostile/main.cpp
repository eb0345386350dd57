// C's classes built by the C++ compiler, and those in which C++'s own library is what runs: memory, threads, the stack, an exception nobody catches.
#define HOSTILE_PART
#include "classes.h"
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

static int hoard_in_vectors()
{
    std::vector<std::vector<char>> all;
    for (;;) all.emplace_back(1 << 20, 'x');
}

static int storm_of_threads()
{
    try
    {
        for (;;) std::thread([] { sleep(60); }).detach();
    }
    catch (const std::system_error &)
    {
        std::puts("refused");
        std::fflush(stdout);
        _exit(0);
    }
}

static int throw_it() { throw std::runtime_error("nobody catches this"); }

int main(int count, char **arguments)
{
    canary = count > 2 ? arguments[2] : "";
    const char *wanted = count > 1 ? arguments[1] : "";
    if (std::strcmp(wanted, "memory of one process") == 0) return hoard_in_vectors();
    if (std::strcmp(wanted, "thread storm") == 0) return storm_of_threads();
    if (std::strcmp(wanted, "aborts") == 0) return throw_it();
    for (const auto &one : classes) if (std::strcmp(one.name, wanted) == 0) return one.run();
    std::fprintf(stderr, "There is no such class here.\n");
    return 99;
}
